"""A unit's present rows in a perintah: graded, shown, doubted."""
