"""Keeps whom a patient may see and hear from, and what a caller is told."""
