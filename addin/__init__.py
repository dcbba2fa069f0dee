"""Everything that touches a workbook, a mail program or the command line."""
