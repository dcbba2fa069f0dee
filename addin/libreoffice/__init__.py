"""LibreOffice Calc as a host: the custom functions, the menu and the open document, in an extension made of text."""
