"""Sending a sealed workbook to head office (发送总行): a draft in Outlook or as .eml, or by SMTP."""
