"""The rules, pure: schemes and submissions in, results out. No Excel, no files but the shipped schemes, no clock."""

from calc.evaluate import evaluate
from calc.problem import Problem, Severity
from calc.result import Result
from calc.scheme import load_scheme, shipped
from calc.submission import Submission

__all__ = ["Problem", "Result", "Severity", "Submission", "evaluate", "load_scheme", "shipped"]
