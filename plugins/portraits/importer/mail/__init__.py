"""Read replies by e-mail: saved messages, and the text of one pasted into a file."""
