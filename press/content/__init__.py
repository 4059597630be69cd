"""What is written: files of the content read strictly into models that know their places."""
