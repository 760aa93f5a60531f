"""Pages of front desk and hospital security: who comes to the door, the script, the packet."""
