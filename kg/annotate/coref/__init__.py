"""The parts of coreference: growing chains of mentions, the sieves that join them, and the entities made of them."""
