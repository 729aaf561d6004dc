"""What every platform has to do, whatever its ways: claims over a `Scene`, run on each of them."""
