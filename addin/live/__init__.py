"""The ribbon's actions on the workbook that is open, in Excel and in LibreOffice: through xlwings and :mod:`host`."""
