-- Pages of the site on their way to paper: what HTML says by classes, the templates say by functions
-- of the same name (reading.typ). Footnotes of Python-Markdown become real footnotes.

local FUNCTIONS = {
  ["gz-head"] = "chapter-head", ["gz-brief"] = "in-brief", ["gz-card--quoted"] = "quoted-card",
  ["gz-lines"] = "writing-lines", ["gz-details"] = "framed-words",
  ["admonition"] = "framed-words", ["gz-proposed"] = "remark", ["gz-status"] = "remark", ["gz-sheet-head"] = "sheet-head",
  ["gz-columns"] = "in-page-columns",
}
local INLINE = { ["gz-blank"] = "#blank", ["gz-box"] = "#tick-box", ["gz-apart"] = "#h(0.15em)" }

local FORMAT_OF_PAPER = "typst-smart"  -- our pages have the right quotes already

local function raw(text) return pandoc.RawBlock("typst", text) end
local function raw_inline(text) return pandoc.RawInline("typst", text) end

-- What a class says is a function of the template around the same blocks.
local function called(name, blocks)
  local found = pandoc.Blocks({ raw("#" .. name .. "[") })
  found:extend(blocks)
  found:insert(raw("]"))
  return found
end

local function markup(blocks)
  local made = pandoc.write(pandoc.Pandoc(blocks), FORMAT_OF_PAPER, pandoc.WriterOptions({ wrap_text = "none" }))
  return (made:gsub("%s+$", ""))
end

-- The list at the end of a page, taken out: number → words.
local function take_notes(page)
  local notes = {}
  page = page:walk({
    Div = function(div)
      if not div.classes:includes("footnote") then return nil end
      div:walk({ OrderedList = function(list)
        for number, blocks in ipairs(list.content) do notes[number] = pandoc.utils.blocks_to_inlines(blocks) end
      end })
      return {}
    end,
  })
  return page, notes
end

-- A no-break space at the end held the way back to the text.
local function trimmed(words)
  while #words > 0 do
    local last = words[#words]
    if last.t == "Str" then
      last.text = last.text:gsub("\u{a0}+$", "")
      words[#words] = last
      if last.text ~= "" then return words end
    elseif last.t ~= "Space" and last.t ~= "SoftBreak" then
      return words
    end
    words:remove(#words)
  end
  return words
end

-- The first mention carries the note, further ones point to it.
local function with_notes(page, notes, id)
  local seen = {}
  return page:walk({
    Superscript = function(superscript)
      local number = tonumber(pandoc.utils.stringify(superscript):match("^%d+$"))
      if not (number and notes[number]) then return nil end
      local label = "<note-" .. id .. "-" .. number .. ">"
      if seen[number] then return raw_inline("#footnote(" .. label .. ");") end
      seen[number] = true
      local words = pandoc.Inlines({ raw_inline("#[#footnote[#h(0.25em)") })
      words:extend(trimmed(notes[number]))
      words:insert(raw_inline("]" .. label .. "]"))
      return words
    end,
  })
end

-- --- tables ---------------------------------------------------------------------------------------

-- The longest word of the cell, its letters, and the letters of the whole cell.
local function measured(cell)
  local text = pandoc.write(pandoc.Pandoc(cell.contents), "plain", pandoc.WriterOptions({ wrap_text = "none" }))
  local longest, most = "", 0
  for word in text:gmatch("[^%s/]+") do
    local letters = utf8.len(word) or #word
    if letters > most then longest, most = word, letters end
  end
  return longest, most, utf8.len(text) or #text
end

local function is_box(cell) return markup(cell.contents) == "#tick-box" end

-- For each column its longest word, which is not torn, and how much of the remaining width it wants: by what it
-- holds; equal shares where there is to be written, none where there is to be ticked.
local function widths(rows, count)
  local found = {}
  for column = 1, count do
    local longest, most, letters, cells, empty, boxes = "", 0, 0, 0, 0, 0
    for number, row in ipairs(rows) do
      local cell = row.cells[column]
      if cell and cell.col_span == 1 then
        local word, length, all = measured(cell)
        if length > most then longest, most = word, length end
        if number > 1 then
          letters, cells = letters + all, cells + 1
          if is_box(cell) then boxes = boxes + 1 elseif #cell.contents == 0 then empty = empty + 1 end
        end
      end
    end
    local want = math.min(letters / math.max(cells, 1), 120)
    if cells > 0 and boxes == cells then want = 0 elseif cells > 0 and empty == cells then want = 60 end
    found[column] = "([" .. markup({ pandoc.Plain({ pandoc.Str(longest) }) }) .. "], " .. string.format("%.1f", want) .. ")"
  end
  return table.concat(found, ", ")
end

local function cell_of(cell, first)
  if #cell.contents == 0 then return "[#empty-cell]" end
  local words = "[" .. markup(cell.contents) .. "]"
  if cell.col_span > 1 then return "table.cell(colspan: " .. cell.col_span .. ")" .. words end
  return first and "row-head" .. words or words
end

-- Tables with the same heads on one page have the same columns: their rows together, by their heads.
local alike

local function heads_of(of)
  local words = {}
  for _, row in ipairs(of.head.rows) do
    for _, cell in ipairs(row.cells) do table.insert(words, pandoc.utils.stringify(pandoc.Div(cell.contents))) end
  end
  return table.concat(words, "|")
end

local function gather_rows(page)
  alike = {}
  page:walk({ Table = function(of)
    local key = heads_of(of)
    local rows = alike[key] or of.head.rows:clone()
    for _, body in ipairs(of.bodies) do rows:extend(body.body) end
    alike[key] = rows
  end })
end

local function table_of(of)
  local cells, head = {}, {}
  for _, row in ipairs(of.head.rows) do
    for _, cell in ipairs(row.cells) do table.insert(head, "[" .. markup(cell.contents) .. "]") end
  end
  for _, body in ipairs(of.bodies) do
    for _, row in ipairs(body.head) do
      table.insert(cells, "table.header(level: 2, repeat: false, " .. cell_of(row.cells[1]) .. ")")
    end
    for _, row in ipairs(body.body) do
      for number, cell in ipairs(row.cells) do
        table.insert(cells, cell_of(cell, number <= body.row_head_columns))
      end
    end
  end
  local caption = #of.caption.long > 0 and "[" .. markup(of.caption.long) .. "]" or "none"
  return raw("#data-table((" .. widths(alike[heads_of(of)], #of.colspecs) .. ",), " .. caption .. ", (" ..
    table.concat(head, ", ") .. ",),\n" .. table.concat(cells, ", ") .. ")")
end

-- --- everything else ------------------------------------------------------------------------------

local page_id

local function facts(div)
  local lines = pandoc.Blocks({})
  div:walk({ DefinitionList = function(list)
    for _, item in ipairs(list.content) do
      local words = pandoc.Inlines({ pandoc.Strong(item[1] .. pandoc.Inlines(":")), pandoc.Space() })
      for _, blocks in ipairs(item[2]) do words:extend(pandoc.utils.blocks_to_inlines(blocks)) end
      lines:insert(pandoc.Para(words))
    end
  end })
  return called("sheet-facts", lines)
end

-- Blanks stand in pairs where their labels are short.
local function fields(div)
  local some, longest = {}, 0
  for _, block in ipairs(div.content) do
    longest = math.max(longest, utf8.len(pandoc.utils.stringify(block:walk({ RawInline = function() return {} end }))))
    table.insert(some, "[" .. markup({ block }) .. "]")
  end
  return raw("#fields(" .. (longest <= 24 and 2 or 1) .. ", " .. table.concat(some, ", ") .. ")")
end

-- Boxes to tick in two columns, the first half on the left.
local function in_columns(div)
  local halves = { pandoc.Blocks({}), pandoc.Blocks({}) }
  div:walk({ BulletList = function(list)
    local items = { pandoc.List({}), pandoc.List({}) }
    for number, item in ipairs(list.content) do items[number * 2 <= #list.content + 1 and 1 or 2]:insert(item) end
    for half = 1, 2 do halves[half]:insert(pandoc.BulletList(items[half])) end
  end })
  return raw("#check-columns[\n" .. markup(halves[1]) .. "\n][\n" .. markup(halves[2]) .. "\n]")
end

-- pandoc knows what means something at the beginning of a line, but not at that of an item of a list.
local function with_plain_starts(list)
  for _, item in ipairs(list.content) do
    local words = item[1] and (item[1].t == "Plain" or item[1].t == "Para") and item[1].content
    local first = words and words[1]
    if first and first.t == "Str" and first.text:match("^[=+/%d-]") then words:insert(1, raw_inline("#[]")) end
  end
  return list
end

local dressed = {
  BulletList = with_plain_starts,
  OrderedList = with_plain_starts,
  Para = function(para)
    if #para.content == 1 and para.content[1].t == "Strong" then return called("lead-line", { pandoc.Plain(para.content) }) end
  end,
  Header = function(header) header.identifier = ""; return header end,
  Span = function(span)
    for class, call in pairs(INLINE) do
      if span.classes:includes(class) then return raw_inline(call) end
    end
    if span.classes:includes("gz-count") then
      local words = pandoc.Inlines({ raw_inline("#aside[") })
      words:extend(span.content)
      words:insert(raw_inline("]"))
      return words
    end
    return span.content
  end,
  Image = function(image)
    local number = image.src:match("^gz:(%d+)$")
    if number then return raw_inline('#picture("' .. page_id .. '", ' .. number .. ")") end
    return {}
  end,
  Link = function(link)
    if link.target:match("^https?:") or link.target:match("^mailto:") or link.target:match("^tel:") then return nil end
    return link.content
  end,
  Figure = function(figure)
    local caption = figure.caption.long
    local blocks = pandoc.Blocks({ raw("#drawing["), table.remove(caption, 1), raw("][") })
    blocks:extend(caption)
    blocks:insert(raw("]["))
    blocks:extend(figure.content)
    blocks:insert(raw("]"))
    return blocks
  end,
  DefinitionList = function(list)
    local blocks = pandoc.Blocks({})
    for _, item in ipairs(list.content) do
      local term = markup({ pandoc.Plain(item[1]) })
      local words = pandoc.Blocks({})
      for _, some in ipairs(item[2]) do words:extend(some) end
      local plain = pandoc.utils.blocks_to_inlines(words)
      blocks:insert(raw("#terms.item([" .. term .. "], [" .. markup({ pandoc.Plain(plain) }) .. "])"))
    end
    return blocks
  end,
  Table = table_of,
  Div = function(div)
    if div.classes:includes("gz-rule") then return raw("#rule") end
    if div.classes:includes("gz-fields") then return fields(div) end
    if div.classes:includes("gz-check--columns") then return in_columns(div) end
    if div.classes:includes("gz-check") then return called("check-list", div.content) end
    for class, name in pairs(FUNCTIONS) do
      if div.classes:includes(class) then return called(name, div.content) end
    end
    return div.content
  end,
}

-- The letters of the glossary stand in columns, and so do those of its index.
local function in_page_columns(page)
  local blocks, letters = pandoc.Blocks({}), nil
  for _, block in ipairs(page.content) do
    local is_letter = block.t == "Div" and block.classes:includes("gz-glossary")
    local index = block.t == "Div" and block.content[2] and block.content[2].t == "Header" and block.content[2].level == 3
    if is_letter then
      if not letters then
        letters = pandoc.Div({}, { class = "gz-columns" })
        blocks:insert(letters)
      end
      letters.content:extend(block.content)
    elseif index then
      blocks:insert(table.remove(block.content, 1))
      blocks:insert(pandoc.Div(block.content, { class = "gz-columns" }))
    else
      blocks:insert(block)
    end
  end
  page.content = blocks
  return page
end

function Pandoc(document)
  local pages = pandoc.Blocks({})
  for _, page in ipairs(document.blocks) do
    local id = page.identifier
    page_id = id
    local body, notes = take_notes(page)
    body = with_notes(body, notes, id:gsub("[^%w]", "-"))
    body = body:walk({ Div = function(div)
      if div.classes:includes("gz-sheet__facts") then return facts(div) end
    end })
    body = in_page_columns(body)
    gather_rows(body)
    pages:insert(raw("//gz-page " .. id))
    pages:extend(body:walk(dressed).content)
  end
  return pandoc.Pandoc(pages)
end
