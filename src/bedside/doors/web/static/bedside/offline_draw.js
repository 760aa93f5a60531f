"use strict";
// The two pictures of an answer, drawn on the device as `drawings.py` draws them: the places in a row,
// and the room from above. An officer is drawn as any person is.

globalThis.bedsideDraw = (() => {
  const STEP = 24, DOOR_AFTER = 4;
  const SPOTS = {
    at_bedside: [66, 66], in_room: [84, 96], behind_curtain: [96, 24], in_doorway: [114, 92],
    doorway_out_of_earshot: [149, 96], at_window: [138, 34], outside_door: [140, 92],
    at_unit_door: [180, 96], off_unit: [192, 118],
  };
  const OPEN_DOOR = ["in_doorway", "doorway_out_of_earshot"];
  const FAR = ["at_unit_door", "off_unit"];
  const SPACE = "http://www.w3.org/2000/svg";

  function draw(name, attributes, parts = []) {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...parts);
    return made;
  }
  const path = (cls, d) => draw("path", { class: cls, d });
  const circle = (cls, cx, cy, r) => draw("circle", { ...(cls && { class: cls }), cx, cy, r });

  function drawRail(places, now, want, label) {
    const at = (place) => places.indexOf(place) * STEP + 12 + (places.indexOf(place) > DOOR_AFTER ? 10 : 0);
    const marks = [];
    if (now && now === want) marks.push(circle("both", at(now), 14, 9));
    else {
      if (want) marks.push(circle("want", at(want), 14, 8.5));
      if (now) marks.push(circle("now", at(now), 14, 7.5));
    }
    const door = at(places[DOOR_AFTER]) + STEP / 2 + 3;
    const width = 12 + (places.length - 1) * STEP + 10 + 12;
    return draw("svg", { class: "rail", viewBox: `0 0 ${width} 28`, role: "img", "aria-label": label }, [
      path("track", `M12 14H${at(places.at(-1))}`),
      ...places.map((place) => circle("stop", at(place), 14, 4)),
      path("door", `M${door} 2v24M${door + 5} 2v24`), ...marks,
    ]);
  }

  const drawOfficer = (x, y, cls) => draw("g", { class: cls }, [
    circle("", x, y - 8, 6.5),
    draw("path", { d: `M${x - 11} ${y + 13}v-2a9 9 0 0 1 9-9h4a9 9 0 0 1 9 9v2z` }),
  ]);

  function drawScene(now, want, label) {
    const figures = [];
    if (now && now !== want) {
      const [x, y] = SPOTS[now];
      figures.push(drawOfficer(x - 8, y + 18, want ? "ghost" : "figure-now"));
    }
    if (want) figures.push(drawOfficer(...SPOTS[want], "figure-now"));
    if (now && want && now !== want) {
      const [[x0, y0], [x1, y1]] = [SPOTS[now], SPOTS[want]];
      figures.unshift(path("path", `M${x0 + 10} ${y0 + 12}C${x0 + 30} ${y0 + 22} ${x1 - 40} ${y1 + 6} ${x1 - 14} ${y1 + 2}`));
    }
    const isWide = FAR.includes(now) || FAR.includes(want);
    const width = isWide ? 216 : 168;
    return draw("svg", { class: "scene", viewBox: `0 0 ${width} 130`, role: "img", "aria-label": label }, [
      path("floor", "M4 4h112v122H4z"), path("hall", isWide ? "M116 4h96v122h-96z" : "M116 4h48v122h-48z"),
      path("wall", "M116 70V52M116 18V4H4v122h112v-12"), path("glass", "M116 18v34"),
      path("leaf", OPEN_DOOR.includes(want) ? "M116 70H86" : "M116 70v44"),
      draw("rect", { class: "bed", x: 12, y: 14, width: 78, height: 40, rx: 6 }),
      path("cover", "M42 15h47v38H42z"), path("fold", "M42 14v40"),
      circle("person", 27, 34, 8.5), circle("person", 52, 28, 5.5), ...figures,
    ]);
  }

  return { drawRail, drawScene };
})();
