"""Stated mistakes in the code and the cases that notice them: no case stands there without a reason.

    python -m tests.mutations.run            every mutation with the cases that it breaks
    python -m tests.mutations.run ID ...     these only, with what first comes out otherwise in each case

A mutation changes the text of one module while the program is imported anew, or of a scheme file; no file is changed.
"""

import importlib
import importlib.util
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parents[2]
BANK = "cib-zhengzhou-2010"
MONTHLY = f"{BANK}/monthly-teller"
PROGRAM = {"addin", "calc", "workbook_templates"}


@dataclass(frozen=True)
class Mutation:
    """One mistake: in ``file`` the text ``old``, which stands there once, is ``new``; it must break ``cases``."""

    id: str
    file: str
    old: str
    new: str
    why: str
    cases: tuple[str, ...]
    contest: str = "monthly-teller"
    """Whose cases they are; of another organisation than the bank with its name."""

    @property
    def scheme(self) -> str:
        return self.contest if "/" in self.contest else f"{BANK}/{self.contest}"

    @property
    def source(self) -> str:
        return (ROOT / self.file).read_text("utf-8")

    @property
    def changed(self) -> str:
        return self.source.replace(self.old, self.new)

    @property
    def of_scheme(self) -> bool:
        return self.file.endswith(".toml")

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").replace("/", ".")


def mutations() -> list[Mutation]:
    listed = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text("utf-8"))["mutation"]
    return [Mutation(**{**entry, "cases": tuple(entry["cases"])}) for entry in listed]


class _Loader(SourceFileLoader):
    """Loads a module from its changed text, past any cache."""

    def __init__(self, mutation: Mutation) -> None:
        super().__init__(mutation.module, str(ROOT / mutation.file))
        self.text = mutation.changed

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return self.source_to_code(self.text, self.path)


class _Finder(MetaPathFinder):
    def __init__(self, mutation: Mutation) -> None:
        self.mutation = mutation

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        if fullname != self.mutation.module:
            return None
        return importlib.util.spec_from_loader(fullname, _Loader(self.mutation))


def _loaded() -> dict[str, ModuleType]:
    """The modules of the program that are imported."""
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] in PROGRAM}


def _forget(modules: dict[str, ModuleType]) -> None:
    for name in modules:
        del sys.modules[name]


@contextmanager
def mutated(mutation: Mutation) -> Iterator[ModuleType]:
    """The module ``tests.cases.reading`` on a program with the mutation in it; afterwards all is as before."""
    before, finder = _loaded(), _Finder(mutation)
    _forget(before)
    sys.meta_path.insert(0, finder)
    try:
        spec = importlib.util.spec_from_file_location("mutated_reading", ROOT / "tests" / "cases" / "reading.py")
        reading = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(reading)
        if mutation.module not in sys.modules:
            raise LookupError(f"{mutation.file} is not imported when a case is run")
        yield reading
    finally:
        sys.meta_path.remove(finder)
        _forget(_loaded())
        sys.modules.update(before)


@contextmanager
def mutated_scheme(mutation: Mutation) -> Iterator[str]:
    """The path of the scheme file with the mutation in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(mutation.file).name
        path.write_text(mutation.changed, "utf-8")
        yield str(path)


def broken(mutation: Mutation, only: tuple[str, ...] = ()) -> dict[str, str]:
    """The cases (all, or ``only`` these) that come out otherwise, each with the first difference or the crash."""
    if mutation.of_scheme:
        with mutated_scheme(mutation) as path:
            return _told(mutation, only, importlib.import_module("tests.cases.reading"), path)
    with mutated(mutation) as reading:
        return _told(mutation, only, reading, mutation.scheme)


def _told(mutation: Mutation, only: tuple[str, ...], reading: ModuleType, scheme: str) -> dict[str, str]:
    found = {}
    with warnings.catch_warnings(action="ignore"):
        for case in reading.cases(mutation.scheme):
            if not only or case.name in only:
                try:
                    told = reading.misses(scheme, case)
                except Exception as error:
                    told = [f"{type(error).__name__}: {error}"]
                if told:
                    found[case.name] = told[0]
    return found


def main(ids: list[str]) -> None:
    chosen = [mutation for mutation in mutations() if not ids or mutation.id in ids]
    with ProcessPoolExecutor() as pool:
        for mutation, found in zip(chosen, pool.map(broken, chosen), strict=True):
            print(f"{mutation.id}: breaks {len(found)}, named {len(mutation.cases)}")
            for case in sorted({*found, *mutation.cases}):
                sign = "?" if case not in found else "*" if case in mutation.cases else " "
                print(f"  {sign} {case}" + (f": {found.get(case, 'comes out as expected')}" if ids else ""))


if __name__ == "__main__":
    main(sys.argv[1:])
