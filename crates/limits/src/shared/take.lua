-- Takes one use from every budget, or none. The same rule as window.rs.
-- KEYS: one hash per budget. ARGV: now, then for each key: max, span, mark, member (or '').
-- A hash holds mark -> count, or member -> mark when different members are counted.
-- Answer: number of the budget that keeps one waiting longest (0 = allowed), milliseconds.
local now = tonumber(ARGV[1])
local longest, worst, met = 0, 0, {}

for i = 1, #KEYS do
  local at = 4 * i - 2
  local max, span, member = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 3]
  local uses, used = {}, 0
  local held = redis.call('HGETALL', KEYS[i])
  for j = 1, #held, 2 do
    local mark, count = tonumber(held[j]), tonumber(held[j + 1])
    if member ~= '' then mark, count = count, 1 end
    if mark + span <= now then
      redis.call('HDEL', KEYS[i], held[j])
    else
      used = used + count
      uses[#uses + 1] = { mark, count }
      if held[j] == member then met[i] = true end
    end
  end
  if used >= max and not met[i] then
    table.sort(uses, function(a, b) return a[1] < b[1] end)
    local surplus, wait = used - max + 1, span
    for _, use in ipairs(uses) do
      if surplus > 0 then
        surplus = surplus - use[2]
        wait = use[1] + span - now
      end
    end
    if wait > longest then longest, worst = wait, i end
  end
end

if worst > 0 then return { worst, longest } end

for i = 1, #KEYS do
  local at = 4 * i - 2
  local span, mark, member = tonumber(ARGV[at + 1]), ARGV[at + 2], ARGV[at + 3]
  if member == '' then
    redis.call('HINCRBY', KEYS[i], mark, 1)
  elseif not met[i] then
    redis.call('HSET', KEYS[i], member, mark)
  end
  -- Only to forget what nobody asks for any more; the marks decide.
  redis.call('PEXPIRE', KEYS[i], 2 * span)
end
return { 0, 0 }
