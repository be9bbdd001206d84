"""Run ``python -m portraits``, the same as the console script."""

from portraits.cli import main

if __name__ == "__main__":  # guarded, because worker processes may import this module
    main()
