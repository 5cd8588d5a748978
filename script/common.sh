# Shared by the scripts of this folder, which source it first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The toolchain is taken from PATH, else from where its archive is usually unpacked.
if ! command -v swift >/dev/null && [ -x /opt/swift/usr/bin/swift ]; then
  PATH="/opt/swift/usr/bin:$PATH"
fi

# The release binary is whole in itself: no Swift library needs to be installed beside it.
release=(-c release --static-swift-stdlib --omit-frame-pointers --product linnet)

say() { printf '\n==> %s\n' "$*"; }

# part NAME COMMAND...: runs a command under a heading and prints the seconds that it took.
part() {
  local name=$1 start=$SECONDS status=0
  shift
  say "$name"
  "$@" || status=$?
  printf '    %s: %d s%s\n' "$name" $((SECONDS - start)) "$([ $status = 0 ] || echo ', failed')"
  return $status
}
