"""Merging (汇总): the workbooks of many outlets or branches, checked and verified, as one workbook."""
