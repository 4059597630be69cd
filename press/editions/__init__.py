"""What is printed of a publication: editions and proofs, how things are called in them, what holds of what they say."""
