"""Speed and size on a large workspace, against budgets and bare limits: docs/benchmarks.md."""
