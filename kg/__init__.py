"""newskg: a knowledge graph from news in which every edge leads to the exact words behind it."""
