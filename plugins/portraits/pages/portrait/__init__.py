"""The pages of one portrait: its own, and that of its featured quote."""
