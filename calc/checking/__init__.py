"""The steps of checking a submission (:mod:`calc.check`): its columns, its events, what it says of honours."""
