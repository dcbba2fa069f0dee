"""Sheet 方案: a scheme as a sheet that a clerk fills in, and the sheet as a scheme."""
