"""What the finished pages are asked: whether everything is there, in order, can be seen and reads right."""
