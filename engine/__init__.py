"""What the rules say. Pure: facts, a policy and a day go in, an answer with its reasons comes out."""
