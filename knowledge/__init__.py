"""What is known: the model, Vietnamese text, numbers, document numbers, places, the library and its indexes."""
