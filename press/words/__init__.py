"""What words are made of: prose and its marks, the habits of a language, spelling, what a reader sees."""
