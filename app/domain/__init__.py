"""Knowledge that needs no file, database or window: plain values in, plain values out."""
