"""Pages at the bedside of one stay: six taps that are kept, what came of it, the timeline."""
