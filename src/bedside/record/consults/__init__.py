"""Questions for the ethics committee, its briefs and its advice."""
