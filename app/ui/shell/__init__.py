"""The window around the screens: side bar, header, palette, shortcut sheet, status."""
