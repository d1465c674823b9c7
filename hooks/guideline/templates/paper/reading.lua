-- Pages of the site on their way to paper: what HTML says by classes, the templates say by functions
-- of the same name (reading.typ). Footnotes of Python-Markdown become real footnotes.

local FUNCTIONS = {
  ["gz-head"] = "chapter-head", ["gz-brief"] = "in-brief", ["gz-card--quoted"] = "quoted-card",
  ["gz-check"] = "check-list", ["gz-fields"] = "fields", ["gz-lines"] = "writing-lines",
  ["gz-grid-box"] = "grid-to-fill", ["gz-figure"] = "figure-of-page", ["gz-details"] = "unfolded",
  ["admonition"] = "admonition", ["gz-proposed"] = "remark", ["gz-glossary"] = "glossary-section",
}
local INLINE = { ["gz-blank"] = "#blank", ["gz-box"] = "#tick-box", ["gz-rule"] = "#rule" }

local function raw(text) return pandoc.RawBlock("typst", text) end
local function raw_inline(text) return pandoc.RawInline("typst", text) end

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

-- The first mention carries the note, further ones point to it.
local function with_notes(page, notes, id)
  local seen = {}
  return page:walk({
    Superscript = function(superscript)
      local number = tonumber(pandoc.utils.stringify(superscript):match("^%d+$"))
      if not (number and notes[number]) then return nil end
      local label = "<note-" .. id .. "-" .. number .. ">"
      if seen[number] then return raw_inline("#footnote(" .. label .. ")") end
      seen[number] = true
      local words = pandoc.Inlines({ raw_inline("#footnote[") })
      words:extend(notes[number])
      words:insert(raw_inline("]" .. label .. " "))
      return words
    end,
  })
end

local page_id

local dressed = {
  Header = function(header) header.identifier = ""; return header end,
  Span = function(span)
    for class, call in pairs(INLINE) do
      if span.classes:includes(class) then return raw_inline(call) end
    end
    span.identifier = ""
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
  Table = function(of)
    for _, body in ipairs(of.bodies) do
      for _, row in ipairs(body.body) do
        for _, cell in ipairs(row.cells) do
          if #cell.contents == 0 then cell.contents = { raw("#empty-cell") } end
        end
      end
    end
    return of
  end,
  Div = function(div)
    if div.classes:includes("gz-rule") then return raw("#rule") end
    for class, name in pairs(FUNCTIONS) do
      if div.classes:includes(class) then
        local blocks = pandoc.Blocks({ raw("#" .. name .. "[") })
        blocks:extend(div.content)
        blocks:insert(raw("]"))
        return blocks
      end
    end
    return div.content
  end,
}

function Pandoc(document)
  local pages = pandoc.Blocks({})
  for _, page in ipairs(document.blocks) do
    local id = page.identifier
    page_id = id
    local body, notes = take_notes(page)
    body = with_notes(body, notes, id:gsub("[^%w]", "-"))
    pages:insert(raw("//gz-page " .. id))
    pages:extend(body:walk(dressed).content)
  end
  return pandoc.Pandoc(pages)
end
