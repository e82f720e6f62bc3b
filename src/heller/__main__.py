"""`python -m heller`: the same as `heller`, for processes that start themselves again."""

from heller.cli import main

if __name__ == "__main__":  # a process that it starts loads this file too
    main()
