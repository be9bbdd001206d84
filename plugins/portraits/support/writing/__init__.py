"""How languages are written: plural forms, elisions, alphabets, direction, names."""
