'use strict';
// Shows the values under the pointer. The page is complete without it.
for (const svg of document.querySelectorAll('svg[data-plot]')) {
  const plot = JSON.parse(svg.dataset.plot);
  const scale = plot.scale.split(',');
  const box = svg.viewBox.baseVal;
  const axis = svg.querySelector('.axis');
  const left = +axis.getAttribute('x1'), right = +axis.getAttribute('x2'), bottom = +axis.getAttribute('y1');
  const tip = document.createElement('div');
  tip.className = 'tip';
  let marks = null;

  const heading = x => {
    const share = (x - left) / (right - left);
    if (scale[0] === 'percentile') {
      const decades = share * scale[1];
      return (100 - 100 * 10 ** -decades).toFixed(Math.max(0, Math.ceil(decades) - 1)) + ' %';
    }
    const seconds = +scale[1] + share * (scale[2] - scale[1]);
    return seconds < 600 ? seconds.toFixed(1) + ' s' : (seconds / 60).toFixed(1) + ' min';
  };
  const nearest = (points, x) => {
    let low = 0, high = points.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (points[middle][0] < x) { low = middle + 1; } else { high = middle; }
    }
    return low > 0 && x - points[low - 1][0] < points[low][0] - x ? points[low - 1] : points[low];
  };
  const element = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) { made.setAttribute(key, attributes[key]); }
    return made;
  };
  const hide = () => {
    if (marks) { marks.remove(); marks = null; }
    tip.remove();
  };
  svg.addEventListener('pointerleave', hide);
  svg.addEventListener('pointermove', event => {
    hide();
    const frame = svg.getBoundingClientRect();
    const pointer = (event.clientX - frame.left) / frame.width * box.width;
    const found = plot.lines.map(line => line.points.length ? nearest(line.points, pointer) : null);
    const first = found.find(point => point);
    if (!first || pointer < left - 8 || pointer > right + 8) { return; }
    marks = element('g', {});
    marks.append(element('line', {class: 'cross', x1: first[0], x2: first[0], y1: 12, y2: bottom}));
    tip.textContent = heading(first[0]);
    found.forEach((point, index) => {
      if (!point) { return; }
      marks.append(element('circle', {class: 'dot c' + index, cx: point[0], cy: point[1], r: 4}));
      tip.append(document.createElement('br'), plot.lines[index].name + ': ' + point[2]);
    });
    svg.append(marks);
    svg.parentNode.append(tip);
    const x = first[0] / box.width * frame.width + frame.left - svg.parentNode.getBoundingClientRect().left;
    const side = x > frame.width / 2 ? x - tip.offsetWidth - 12 : x + 12;
    tip.style.left = Math.max(4, side) + 'px';
    tip.style.top = frame.top - svg.parentNode.getBoundingClientRect().top + 14 + 'px';
  });
}
