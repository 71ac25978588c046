"""The demo's world: invented providers on loopback that know the artists of the sample library; tests use them too."""
