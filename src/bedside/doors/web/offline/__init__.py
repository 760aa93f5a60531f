"""What a device keeps so that Bedside answers and takes notes without a network, and its return."""
