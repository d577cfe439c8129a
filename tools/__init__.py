"""Tools for those who work on Shuke; the program itself never imports them."""
