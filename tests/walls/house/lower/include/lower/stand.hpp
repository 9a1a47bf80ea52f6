#pragma once

namespace lower {
int stand();
}
