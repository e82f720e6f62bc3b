"""`python -m heller`: the same as `heller`, for processes that start themselves again."""

from heller.cli import main

main()
