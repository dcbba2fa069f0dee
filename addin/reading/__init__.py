"""Reading a closed workbook file: the package, its styles and texts, its sheets."""
