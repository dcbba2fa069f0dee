"""What the extension file carries, without LibreOffice."""

import ast
import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from addin import libreoffice
from addin.function_texts import HELP
from addin.libreoffice.extension import build_extension
from addin.live.labels import LABELS
from tests.addin.command_line import run

SOURCES = Path(libreoffice.__file__).parent
IN_OFFICE = [SOURCES / "component.py", *sorted((SOURCES / "starscore_office").glob("*.py"))]
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAME = "{http://openoffice.org/2001/registry}name"


def parts() -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(build_extension())) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    out = tmp_path / "文件夹" / "StarScore.oxt"
    code, said, wrong = run("libreoffice", "build", "--out", out)
    assert code == 0, said + wrong
    assert out.read_bytes() == build_extension() == build_extension()


def test_the_manifest_names_what_is_there() -> None:
    made = parts()
    named = re.findall(r'full-path="([^"]+)"', made["META-INF/manifest.xml"])
    python = {f"pythonpath/starscore_office/{path.name}" for path in IN_OFFICE[1:]}
    assert set(made) == {"META-INF/manifest.xml", "description.xml", *named, *python}
    for name, text in made.items():
        if name.endswith((".xml", ".xcu")):
            ElementTree.fromstring(text)


def test_every_function_has_its_help() -> None:
    made = parts()
    help_of = {node.get(NAME): node for node in ElementTree.fromstring(made["CalcAddIns.xcu"]).iter("node")}
    for each in HELP:
        node = help_of[each.name.lower()]
        texts = {
            prop.get(NAME): {value.get(LANGUAGE): value.text for value in prop} for prop in node if prop.tag == "prop"
        }
        assert texts["DisplayName"] == {"en-US": each.name, "zh-CN": each.name}
        assert texts["Description"]["zh-CN"] == texts["Description"]["en-US"] == each.text
        titles = [value.text for value in node.findall("./node/node/prop[1]/value[1]")]
        assert titles == [argument.title for argument in each.arguments]
        declared = re.search(rf"{each.name.lower()}\(([^)]*)\);", made["StarScore.idl"])
        assert declared is not None
        assert declared[1].count("[in] any") == len(each.arguments)


def test_the_menu_has_the_ribbons_actions_in_its_order() -> None:
    menu = ElementTree.fromstring(parts()["Addons.xcu"])
    addresses = [prop.findtext("value") for prop in menu.iter("prop") if prop.get(NAME) == "URL"]
    assert [each for each in addresses if each != "private:separator"] == [f"org.starscore:{name}" for name in LABELS]
    titles = [prop.findtext("value") for prop in menu.iter("prop") if prop.get(NAME) == "Title"]
    assert titles == ["服务明星", *(label.label for label in LABELS.values())]


def test_what_runs_inside_needs_nothing_but_an_old_python() -> None:
    """LibreOffice 7.0 came with Python 3.7, and has no numpy."""
    standard = {"__future__", "collections", "json", "os", "pathlib", "re", "subprocess", "threading", "typing"}
    own = {"uno", "unohelper", "com", "org", "starscore_office"}
    for path in IN_OFFICE:
        tree = ast.parse(path.read_text("utf-8"), feature_version=(3, 7))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {name.name.split(".")[0] for name in node.names} <= standard | own, path.name
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert (node.module or "").split(".")[0] in standard | own, path.name
