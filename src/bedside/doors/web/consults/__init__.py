"""Pages of the ethics committee: a question from a stay, its one-page brief, and the advice."""
