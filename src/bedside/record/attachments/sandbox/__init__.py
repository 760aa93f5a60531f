"""The program that opens what was handed in, in a process that may do almost nothing."""
