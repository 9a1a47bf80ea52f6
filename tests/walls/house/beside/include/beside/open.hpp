#pragma once

namespace beside {
int open();
}
