#include "lower/stand.hpp"

#include "lower_secret.hpp"

int lower::stand() { return secret; }
