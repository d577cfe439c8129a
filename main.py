"""Start Shuke: without arguments the window, with a command the command line."""

import sys

from app.cli import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A packaged program is also what its helping processes start: those end here.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
