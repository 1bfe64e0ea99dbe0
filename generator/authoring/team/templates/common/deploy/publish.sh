#!/bin/sh
# 生成网站，核对，放到服务器上，一次换上：sh deploy/publish.sh [--if-due] [--pull]
#   --if-due  没有新的提交、也没有到日子的变化，就什么也不做（给定时任务用）
#   --pull    先取回最新的提交；requirements.txt 变了的，更新 .venv
#
# 环境变量：
#   DEPLOY_TARGET       放到哪里：/srv/zwgk，或者 用户@服务器:/srv/zwgk；没有设的，只生成和核对
#   DEPLOY_KNOWN_HOSTS  服务器的 ssh 公钥（内容，或文件的路径）；没有的，用运行者自己的 known_hosts
#   DEPLOY_KEY          ssh 私钥（内容，或文件的路径）；没有的，用运行者自己的钥匙
#   DEPLOY_PORT         ssh 端口，缺省 22
#   DEPLOY_KEEP         留几次发布，缺省 5；撤下了内容的，用 1
#
# 目标文件夹里有：releases/，每次发布一个文件夹；current，指向正在用的那一个；published，发布的提交和下一次变化的时刻。
# 退回上一次，在服务器上运行：ln -sfn releases/那一次 /srv/zwgk/current
set -eu

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "没有发布：$1"
    say "    改法: $2"
    exit 2
}

find_program() {
    for place in ./.venv/bin/gongkai ./.venv/Scripts/gongkai.exe; do
        if [ -x "$place" ]; then
            echo "$place"
            return
        fi
    done
    command -v gongkai || fail "找不到 gongkai" "建 .venv，在里面 pip install -r requirements.txt"
}

# 把一个值写成只有自己能读的文件；值是文件路径的，用那个文件的内容。
write_private() {
    (
        umask 077
        if [ -f "$1" ]; then cat "$1"; else printf '%s\n' "$1"; fi | tr -d '\r' >"$2"
    )
}

# 在目标的机器上运行一行命令。
at_target() {
    # shellcheck disable=SC2086 # 一个词一个选项
    if [ -n "$host" ]; then $ssh "$host" "$1"; else sh -c "$1"; fi
}

read_target() {
    host="" folder=$target
    case $target in
        *:*) host=${target%%:*} folder=${target#*:} ;;
    esac
    folder=${folder%/}
    case $folder in
        /?*) ;;
        *) fail "DEPLOY_TARGET “$target”不对" "写成 /srv/zwgk，或者 用户@服务器:/srv/zwgk" ;;
    esac
    case $host$folder in
        -* | *[!A-Za-z0-9@._/-]*) fail "DEPLOY_TARGET “$target”里有不能用的字" "只用字母、数字、/ . _ -" ;;
    esac
    ssh="ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -p ${DEPLOY_PORT:-22}"
    if [ -n "${DEPLOY_KEY:-}" ]; then
        write_private "$DEPLOY_KEY" "$work/key"
        ssh="$ssh -i $work/key -o IdentitiesOnly=yes"
    fi
    if [ -n "${DEPLOY_KNOWN_HOSTS:-}" ]; then
        write_private "$DEPLOY_KNOWN_HOSTS" "$work/known_hosts"
        ssh="$ssh -o UserKnownHostsFile=$work/known_hosts -o GlobalKnownHostsFile=/dev/null"
    fi
}

pull() {
    git pull --quiet --ff-only || say "注意：取不回最新的提交，先用现有的。"
    if [ -x ./.venv/bin/pip ] && ! cmp -s requirements.txt .venv/installed-requirements.txt; then
        ./.venv/bin/pip install --quiet --requirement requirements.txt
        cp requirements.txt .venv/installed-requirements.txt
    fi
}

# 还没有到要重新生成的时候：提交没有变，下一次变化也还没有到。
is_up_to_date() {
    published=$(at_target "cat $folder/published 2>/dev/null || true")
    next=$(printf '%s\n' "$published" | sed -n 2p)
    [ -n "$commit" ] && [ "$(printf '%s\n' "$published" | sed -n 1p)" = "$commit" ] || return 1
    [ -z "$next" ] || [ "$(printf '%s\n%s\n' "$next" "$now" | LC_ALL=C sort | sed -n 1p)" != "$next" ]
}

main() {
    cd "$(dirname "$0")/.."
    if_due="" pull=""
    for argument in "$@"; do
        case $argument in
            --if-due) if_due=yes ;;
            --pull) pull=yes ;;
            *) fail "没有选项 $argument" "sh deploy/publish.sh [--if-due] [--pull]" ;;
        esac
    done
    target=${DEPLOY_TARGET:-}
    keep=${DEPLOY_KEEP:-5}
    case $keep in
        '' | *[!0-9]* | 0) fail "DEPLOY_KEEP “$keep”不对" "写一个 1 以上的数" ;;
    esac
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    [ -z "$target" ] || read_target
    [ -z "$pull" ] || pull
    program=$(find_program)
    commit=$(git rev-parse --quiet --verify HEAD 2>/dev/null || true)
    now=$(TZ=CST-8 date '+%Y-%m-%d %H:%M') # 北京时间
    if [ -n "$if_due" ] && [ -n "$target" ] && is_up_to_date; then
        say "没有新的提交，也没有到日子的变化（下一次：${next:-没有}），没有重新生成。"
        exit 0
    fi
    if [ -n "$commit" ] && [ -n "$(git status --porcelain -- content site_config.yaml themes)" ]; then
        say "注意：有还没有提交的改动，也会发布。"
    fi

    seal=$("$program" build --as-of "$now")
    "$program" verify public --seal "$seal" >&2
    next=$("$program" next --as-of "$now")
    if [ -z "$target" ]; then
        say "没有设 DEPLOY_TARGET，只生成、核对了 public/，没有发布。"
        exit 0
    fi

    command -v rsync >/dev/null || fail "找不到 rsync" "装上它，如 apt-get install rsync"
    release=$(TZ=CST-8 date '+%Y%m%d-%H%M%S')${commit:+-$(printf '%.7s' "$commit")}
    at_target "mkdir -p $folder/releases"
    # 没有变的文件用硬链接，不占地方；时间也不变，浏览器留着的还能用。传完才改成正式的名字，传了一半的不会被换上。
    rsync --recursive --perms --chmod=D755,F644 --checksum --delete --link-dest=../../current/ \
        --rsh="$ssh" public/ "$target/releases/.partial/"
    at_target "
        set -e
        cd $folder
        mv -T releases/.partial releases/$release
        ln -sfn releases/$release current.new
        mv -T current.new current
        printf '%s\\n%s\\n' '$commit' '$next' >published.new
        mv published.new published
        cd releases
        ls -1 | sort -r | tail -n +$((keep + 1)) | while read -r old; do
            [ \"releases/\$old\" = \"\$(readlink ../current)\" ] || rm -rf \"./\$old\"
        done
    "
    say "已发布 $release。"
    echo "$seal"
}

main "$@"
exit
