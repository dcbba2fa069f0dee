"""Excel on Windows: the add-in file, the server behind its functions, where it is installed."""
